import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  await globalThis.leadopsCluster?.stop();
  if (globalThis.leadopsTestFolder)
    rmSync(globalThis.leadopsTestFolder, { recursive: true, force: true, maxRetries: 5 });
}
