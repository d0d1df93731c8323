import { useContext, useEffect, useState } from 'react';
import { isObject } from '../../blocks/rules.ts';
import { offered, textOf } from '../../page-api/state.ts';
import type { Block, Json } from '../../types.ts';
import { Workspace } from '../workspace-context.ts';
import { useActing, useElement } from './acting.ts';
import { Combo, type Choice } from './combo.tsx';

/** Every select menu: of fixed options, of people, of channels, of what the app suggests. */
export function Select({ block, element }: { readonly block: Block; readonly element: Json }) {
  const { value, set, id } = useElement(block, element);
  const type = String(element['type']);
  const several = type.startsWith('multi_');
  const [query, setQuery] = useState('');
  const choices = useChoices(block, element, query);
  const chosen = (several ? (Array.isArray(value) ? value : []) : value ? [value] : []).map(String);
  const most = element['max_selected_items'];
  const isExternal = type.endsWith('external_select');
  return (
    <Combo
      id={id}
      choices={choices}
      chosen={chosen.map((each) => choiceOf(each, choices, element))}
      several={several}
      most={typeof most === 'number' ? most : Infinity}
      placeholder={textOf(element['placeholder']) || 'Select an option'}
      onQuery={isExternal ? setQuery : undefined}
      onChange={(next) => set(several ? next.map((each) => each.value) : (next[0]?.value ?? null))}
    />
  );
}

function choiceOf(value: string, choices: readonly Choice[], element: Json): Choice {
  const known = choices.find((choice) => choice.value === value);
  if (known) return known;
  // An external option travels as its own JSON; an initial one is in the element.
  if (value.startsWith('{')) return { value, label: textOf((JSON.parse(value) as Json)['text']) };
  const initial = [
    element['initial_option'],
    ...(Array.isArray(element['initial_options']) ? (element['initial_options'] as unknown[]) : []),
  ];
  const found = initial.filter(isObject).find((option) => option['value'] === value);
  return { value, label: found ? textOf(found['text']) : value };
}

function useChoices(block: Block, element: Json, query: string): readonly Choice[] {
  const { users, channels } = useContext(Workspace);
  const suggested = useSuggestions(block, element, query);
  switch (String(element['type']).replace('multi_', '')) {
    case 'users_select':
      return [...users.values()]
        .filter((user) => !user.isBot)
        .map((user) => ({ value: user.id, label: user.realName, hint: user.name, avatar: user.id }));
    case 'channels_select':
    case 'conversations_select':
      return channels
        .filter((channel) => channel.kind === 'channel')
        .map((channel) => ({ value: channel.id, label: `# ${channel.name}` }));
    case 'external_select':
      return suggested;
    default:
      return staticChoices(element);
  }
}

function staticChoices(element: Json): Choice[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isObject) : [];
  const of = (holder: Json, group?: string) =>
    offered({ options: holder['options'] }).map((option) => choice(option, group));
  return groups.length > 0 ? groups.flatMap((group) => of(group, textOf(group['label']))) : of(element);
}

const choice = (option: Json, group?: string): Choice => ({
  value: String(option['value']),
  label: textOf(option['text']),
  ...(isObject(option['description']) ? { hint: textOf(option['description']) } : {}),
  ...(group === undefined ? {} : { group }),
});

/** Asks the app while the person types, after a breath and only from `min_query_length` (Slack's default: 3) on. */
function useSuggestions(block: Block, element: Json, query: string): readonly Choice[] {
  const { person, target } = useActing();
  const [found, setFound] = useState<readonly Choice[]>([]);
  const actionId = String(element['action_id']);
  const isExternal = String(element['type']).endsWith('external_select');
  const least = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;
  useEffect(() => {
    if (!isExternal || query.length < least) return;
    let stale = false;
    const timer = setTimeout(() => {
      void person.options(target, { blockId: block.block_id, actionId }, query).then((options) => {
        if (stale) return;
        setFound(options.map((option) => ({ ...choice(option), value: JSON.stringify(option) })));
      });
    }, 200);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [isExternal, query, least, person, target, block.block_id, actionId]);
  return found;
}
