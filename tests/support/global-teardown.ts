import { rmSync } from 'node:fs';

export default function globalTeardown(): void {
  globalThis.leadopsCluster?.stop();
  if (globalThis.leadopsTestFolder)
    rmSync(globalThis.leadopsTestFolder, { recursive: true, force: true, maxRetries: 5 });
}
