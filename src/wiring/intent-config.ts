import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { InvalidInput } from '../../pipeline/errors.ts';
import { readIntentConfig, type IntentConfig } from '../../pipeline/intent/config.ts';

/**
 * The configuration of intent polling: the YAML file of INTENT_CONFIG over the team's defaults.
 * @throws InvalidInput where it cannot be read, or naming every wrong field at once
 */
export function loadIntentConfig(path: string | undefined): IntentConfig {
  if (path === undefined) return readIntentConfig({});
  return readIntentConfig(readYaml(path));
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidInput(`The file of INTENT_CONFIG (${path}) cannot be read: ${why}`, {
      todo: 'Correct the path or the YAML; without INTENT_CONFIG the defaults hold. Nothing was started.',
    });
  }
}
