import { Icon } from '../parts/icons.tsx';
import { useShown, useStore } from '../use-store.ts';

/** The narrow bar at the far left: the workspace, its channels, the app, its files. */
export function Rail() {
  const store = useStore();
  const { workspace, channels, place } = useShown();
  const [first] = channels;
  const initials = workspace.team.name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);
  const entries = [
    { name: 'Home', icon: 'home', to: { kind: 'channel', id: first?.id ?? '' } },
    { name: workspace.app.name, icon: 'apps', to: { kind: 'app', tab: 'home' } },
    { name: 'Files', icon: 'files', to: { kind: 'files' } },
  ] as const;
  return (
    <nav className="rail" aria-label="Workspace">
      <span className="workspace-tile" title={workspace.team.name}>
        {initials}
      </span>
      {entries.map(({ name, icon, to }) => (
        <button
          key={name}
          type="button"
          className={place.kind === to.kind ? 'rail-entry active' : 'rail-entry'}
          aria-current={place.kind === to.kind ? 'page' : undefined}
          onClick={() => void store.open(to)}
        >
          <span className="rail-icon">
            <Icon name={icon} size={20} />
          </span>
          {name}
        </button>
      ))}
    </nav>
  );
}
