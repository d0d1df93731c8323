import { InvalidInput } from '../../../pipeline/errors.ts';
import type { Bison, Workspace } from '../../../pipeline/ports/bison.ts';
import type { Credentials } from '../../auth/credentials.ts';
import { inSession, type SessionDeps } from '../../auth/session.ts';
import { pressIn } from '../../browser/controls/press.ts';
import type { Login } from '../../browser/login.ts';
import type { Surface } from '../../browser/surface.ts';
import type { Survey } from '../../browser/survey.ts';
import * as on from '../selectors.ts';
import { attachList } from './attach.ts';
import { findCampaigns, readCampaign } from './campaigns.ts';
import { importList } from './import.ts';
import { findLists, readList } from './lists.ts';
import { suppressed } from './people.ts';
import { enterPortal } from './portal.ts';
import { renameCampaign, renamed } from './rename.ts';
import { prepareFields } from './variables.ts';

/** Who signs in for a workspace. */
export type WebLogin = {
  /** Names the login, not the workspace: two workspaces one person reaches have the same, for a portal is the person's. */
  readonly login: Login;
  /** The login reaches this workspace and no other. */
  readonly bound: boolean;
  readonly credentials: () => Promise<Credentials>;
};

export type BisonWebOptions = SessionDeps & {
  /** The client portal's page, or the sign-in page before it. */
  readonly url: string;
  readonly login: (workspace: Workspace) => Promise<WebLogin>;
};

/** Email Bison behind its port, through its web pages. */
export function makeBisonWeb(options: BisonWebOptions): Bison {
  async function at<T>(workspace: Workspace, work: (surface: Surface, home: string) => Promise<T>): Promise<T> {
    const { login, bound, credentials } = await options.login(workspace);
    return inSession(
      options,
      { vendor: 'bison', login, url: options.url, home: isInside, answers: isAnswer, credentials },
      async (surface) => work(surface, await enterPortal(surface, workspace, bound)),
    );
  }
  const cannot = (what: string) =>
    Promise.reject(new InvalidInput(`Bison's web pages have no known way to ${what}; use an API token for that`));

  return {
    access: 'web pages',
    can: { detach: false, standing: false },
    workspace: (workspace) =>
      at(workspace, () => Promise.resolve({ id: null, name: workspace, personalDomains: null })),
    findLists: (workspace, name) => at(workspace, (surface, home) => findLists(surface, home, name)),
    list: (workspace, list) => at(workspace, (surface, home) => readList(surface, home, list)),
    prepareFields: (workspace) => at(workspace, prepareFields),
    upload: (workspace, upload) => at(workspace, (surface, home) => importList(surface, home, upload)),
    findCampaigns: (workspace, words) => at(workspace, (surface, home) => findCampaigns(surface, home, words)),
    campaign: (workspace, campaign) => at(workspace, (surface, home) => readCampaign(surface, home, campaign)),
    attach: (workspace, campaign, list) => at(workspace, (surface, home) => attachList(surface, home, campaign, list)),
    standing: () => cannot('ask who stands in a campaign'),
    rename: (workspace, rename) => at(workspace, (surface, home) => renameCampaign(surface, home, rename)),
    renamed: (workspace, rename) => at(workspace, (surface, home) => renamed(surface, home, rename)),
    detach: () => cannot('take people out of a campaign'),
    suppressed: (workspace) => at(workspace, suppressed),
  };
}

/** Something only a signed-in person sees. */
function isInside(survey: Survey): boolean {
  if (survey.passwords > 0) return false;
  return [on.places.campaigns, on.places.contacts, on.places.portals].some(
    (place) => pressIn(survey, place) !== undefined,
  );
}

/** A refusal in Bison's own words is an ordinary answer: the page works as it should, and no picture is kept. */
const isAnswer = (error: unknown): boolean => error instanceof InvalidInput;
