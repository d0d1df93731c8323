import { VendorChanged } from '../../../pipeline/errors.ts';
import type { Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { pick, type Option } from '../words.ts';
import type { Chosen } from './chosen.ts';

/** Chooses exactly the wanted ones in a native list that takes several. @throws VendorChanged where one is not offered */
export async function select(surface: Surface, what: string, list: Seen, wanted: readonly Option[]): Promise<Chosen> {
  const indices = indicesOf(surface, what, list, wanted);
  await (await elementOf(surface, list)).selectOption(indices.map((index) => ({ index })));
  const now = (await settle(surface)).seen.find(({ id }) => id === list.id) ?? list;
  const chosen = now.choices.flatMap(({ selected }, index) => (selected ? [index] : []));
  if (chosen.length !== indices.length || !indices.every((index) => chosen.includes(index))) {
    throw new VendorChanged(surface.vendor, `${what}, as chosen`);
  }
  return { stuck: [] };
}

/** Where in a list the wanted ones stand; none is taken twice. */
function indicesOf(surface: Surface, what: string, list: Seen, wanted: readonly Option[]): readonly number[] {
  const taken = new Set<number>();
  for (const one of wanted) {
    const free = list.choices.filter((choice, index) => !taken.has(index) && !choice.disabled);
    const [choice] = pick(free, one, ({ text }) => [text]);
    if (!choice) throw new VendorChanged(surface.vendor, `${what}: ${one.what}`);
    taken.add(list.choices.indexOf(choice));
  }
  return [...taken];
}
