import { ActingContext } from './blocks/acting.ts';
import { Blocks } from './blocks/blocks.tsx';
import { Conversation } from './channel/channel.tsx';
import { Avatar } from './parts/avatar.tsx';
import { useShown, useStore } from './use-store.ts';

const tabs = ['home', 'messages', 'about'] as const;
const nothing = {};

/** The app's own place: its Home tab, the direct messages with it, and what it is. */
export function AppView({ tab }: { readonly tab: (typeof tabs)[number] }) {
  const store = useStore();
  const { workspace } = useShown();
  return (
    <main className="main" aria-label={workspace.app.name}>
      <header className="pane-header app-header">
        <h1>
          <Avatar user={workspace.app.botUser} size={24} />
          {workspace.app.name}
          <span className="app-tag">APP</span>
        </h1>
      </header>
      <div className="tabs" role="tablist">
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            className={each === tab ? 'tab active' : 'tab'}
            onClick={() => void store.open({ kind: 'app', tab: each })}
          >
            {each.charAt(0).toUpperCase() + each.slice(1)}
          </button>
        ))}
      </div>
      {tab === 'home' && <Home />}
      {tab === 'messages' && <Conversation id={workspace.app.dm} name={workspace.app.name} />}
      {tab === 'about' && <About />}
    </main>
  );
}

function Home() {
  const store = useStore();
  const { home } = useShown();
  if (!home) {
    return <p className="nothing">This is the app’s home. Nothing has been published for you yet.</p>;
  }
  const target = { id: home.id };
  const acting = {
    person: store.person,
    target,
    choices: home.choices,
    entered: nothing,
    enter: () => undefined,
    errors: nothing as Record<string, string>,
    act: (which: Parameters<typeof store.act>[1], value?: unknown) => store.act(target, which, value),
  };
  return (
    <div className="home" role="tabpanel" aria-label="Home">
      <div className="home-inner">
        <ActingContext value={acting}>
          <Blocks blocks={home.blocks} />
        </ActingContext>
      </div>
    </div>
  );
}

function About() {
  const { workspace } = useShown();
  return (
    <div className="home">
      <div className="home-inner">
        <h3 className="block-header">Commands</h3>
        {workspace.commands.map((each) => (
          <p key={each.command} className="about-command">
            <code>
              {each.command} {each.usageHint}
            </code>
            <span>{each.description}</span>
          </p>
        ))}
      </div>
    </div>
  );
}
