import type { Bison, Workspace } from '../../../pipeline/ports/bison.ts';
import { makeReader, type Reader } from '../schema.ts';
import * as campaigns from './campaigns.ts';
import { makeHttp, type Http, type HttpOptions } from './http.ts';
import * as lists from './lists.ts';
import { standing, suppressed } from './people.ts';
import { confirmWorkspace, withPersonalDomains } from './workspace.ts';

export type BisonApiOptions = HttpOptions & {
  /** The api-user token that is bound to this workspace. */
  readonly token: (workspace: Workspace) => Promise<string>;
};

/** Email Bison behind its port, through its API. */
export function makeBisonApi(options: BisonApiOptions): Bison {
  const read = makeReader(options.log);

  /** Before anything is read or done the token is asked which workspace it belongs to. */
  async function at<T>(workspace: Workspace, work: (http: Http, read: Reader) => Promise<T>): Promise<T> {
    const http = makeHttp(options, await options.token(workspace));
    await confirmWorkspace(http, read, options.log, workspace);
    return work(http, read);
  }

  return {
    access: 'API',
    can: { detach: true, standing: true },
    async workspace(workspace) {
      const http = makeHttp(options, await options.token(workspace));
      return withPersonalDomains(http, read, await confirmWorkspace(http, read, options.log, workspace));
    },
    findLists: (workspace, name) => at(workspace, (http) => lists.findLists(http, read, name)),
    list: (workspace, list) => at(workspace, (http) => lists.listById(http, read, list)),
    prepareFields: (workspace) => at(workspace, (http) => lists.prepareFields(http, read)),
    upload: (workspace, upload) => at(workspace, (http) => lists.upload(http, read, upload)),
    findCampaigns: (workspace, words) => at(workspace, (http) => campaigns.findCampaigns(http, read, words)),
    campaign: (workspace, campaign) => at(workspace, (http) => campaigns.campaignById(http, read, campaign)),
    attach: (workspace, campaign, list) => at(workspace, (http) => campaigns.attach(http, campaign, list)),
    standing: (workspace, campaign, emails) =>
      at(workspace, async (http) => {
        const now = await campaigns.campaignById(http, read, campaign);
        return now === null ? { there: [], contacted: 0, absent: emails.length } : standing(http, read, now, emails);
      }),
    rename: (workspace, rename) => at(workspace, (http) => campaigns.rename(http, read, rename)),
    renamed: (workspace, rename) => at(workspace, (http) => campaigns.renamed(http, read, rename)),
    detach: (workspace, campaign, people) => at(workspace, (http) => campaigns.detach(http, campaign, people)),
    suppressed: (workspace) => at(workspace, (http) => suppressed(http, read)),
  };
}
