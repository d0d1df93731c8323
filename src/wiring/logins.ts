import type { ZoominfoOptions } from '../../connectors/zoominfo/index.ts';
import { NeedsHuman } from '../../pipeline/errors.ts';
import type { CliConfig } from '../config.ts';
import type { Store } from '../store/index.ts';

type LoginConfig = Pick<CliConfig, 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;

/** ZoomInfo's login: the settings' first, else the stored one. Read at each sign-in: what was set since counts. */
export function zoominfoLogin(store: Pick<Store, 'credentials'>, config: LoginConfig): ZoominfoOptions['credentials'] {
  return async () => {
    const { ZOOMINFO_CLIENT_ID: username, ZOOMINFO_CLIENT_SECRET: secret } = config;
    if (username && secret) return { username, secret };
    const stored = await store.credentials.get('zoominfo');
    if (stored) return stored;
    throw new NeedsHuman('AUTH', 'There is no login for ZoomInfo yet; nothing was asked for or charged.', {
      todo: 'Store it with "leadops credentials set zoominfo --username …" (the secret on standard input), then retry.',
    });
  };
}
