import { isKnownWord } from '../../pipeline/known-words.ts';
import { cut, scrubbed } from '../../pipeline/scrub.ts';

/** What a vendor's own buttons, links and headings say with a capital, besides what pipeline/known-words.ts knows. */
const spoken = new Set(
  (
    'about actions active add advanced all alert apply assign attach audience auto back begin build bulk cancel choose clear close ' +
    'collapse computer confirm continue copy count create criteria customer customize dashboard delete demographics details disable ' +
    'done download edit enable enrich enrichment expand find folder follow formula go guide head help hide homeowner import insert ' +
    'inbox insurance item items job jobs keep later learn load log main manage map mapping mark more move my next none now off ok open ' +
    'options out overview own people preview previous process product profile prospect queue ready refine refresh remove rename replace ' +
    'report reports reset restore results resume retry review run save saved scan schedule search select selected selection sequence ' +
    'settings share show sign sort source start statistics stop submit summary support switch tags targeted team template test tools ' +
    'total type unassign undo unselect update upgrade validate validation view views welcome workflow yes'
  ).split(' '),
);
const isWord = (word: string) => {
  const bare = word.toLowerCase().replace(/[^\p{L}]/gu, '');
  return [bare, bare.replace(/s$/, '')].some((one) => isKnownWord(one) || spoken.has(one));
};

/** Of these every word is a field's or a setting's: there Title Case is no name. */
const fields = ['label', 'th', 'columnheader', 'legend', 'title', 'tab'];
const run = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]*(?:[ \t]+\p{Lu}[\p{L}.'’-]*)*/gu;

/**
 * The name of a control or a heading as it may be kept. One may bear a person's name ("Remove Jane Doe"): words in capitals
 * that no vendor says are cut, but for a first word that stands alone and is no link, by which a renamed button is known.
 */
export function controlName(text: string, tag: string): string {
  const clean = scrubbed(text);
  if (fields.includes(tag)) return clean;
  return clean.replace(run, (words: string, at: number) => {
    const all = words.split(/[ \t]+/);
    if (all.every(isWord)) return words;
    const first = clean.slice(0, at).trim() === '';
    if (first && all.length === 1 && tag !== 'a' && tag !== 'link') return words;
    return first && isWord(all[0] ?? '') ? `${all[0] ?? ''} ${cut}` : cut;
  });
}
