import { elementsExpression } from './reader/index.ts';
import type { Seen } from './seen.ts';
import { framesOf, readIn, whileItStands } from './survey.ts';
import type { Surface } from './surface.ts';

/**
 * What a function that runs inside the page says of each of these elements, all of a frame in one reading that leaves no act in
 * the trace; `null` for one that is there no more.
 * @param inPage knows its argument and the page, and nothing of the code around it
 */
export async function readElements<T>(
  surface: Surface,
  elements: readonly Pick<Seen, 'id' | 'frame'>[],
  inPage: (element: Element) => T,
): Promise<readonly (T | null)[]> {
  if (elements.length === 0) return [];
  return whileItStands(async () => {
    const answers = new Map<Pick<Seen, 'id' | 'frame'>, T | null>();
    const frames = elements.some(({ frame }) => frame > 0) ? await framesOf(surface) : [];
    for (const index of new Set(elements.map(({ frame }) => frame))) {
      const asked = elements.filter(({ frame }) => frame === index);
      const expression = readingOf(
        asked.map(({ id }) => id),
        inPage,
      );
      const frame = frames[index];
      const said: readonly (T | null)[] =
        index === 0
          ? await readIn<(T | null)[]>(surface, expression)
          : ((await frame?.evaluate<(T | null)[]>(expression)) ?? []);
      asked.forEach((element, at) => answers.set(element, said[at] ?? null));
    }
    return elements.map((element) => answers.get(element) ?? null);
  });
}

/** Compilers that keep function names wrap inner functions in a call of `__name`, which no page knows. */
function readingOf(ids: readonly number[], inPage: (element: Element) => unknown): string {
  return `(() => {
    const __name = (named) => named;
    const inPage = ${String(inPage)};
    const byId = ${elementsExpression};
    return ${JSON.stringify(ids)}.map((id) => { const element = byId[id]; return element?.isConnected ? inPage(element) : null; });
  })()`;
}
