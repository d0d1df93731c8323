import type { KnownBlock } from '@slack/types';
import { payloadOf, type Asked, type PayloadOf } from '../pipeline/questions.ts';
import { choiceIds } from './ids.ts';
import { actions, button, clip, escaped, limits, section } from './kit.ts';

/** Slack shows some forty characters of a button. */
const buttonText = 45;

/** Each answer is a button; which one was pressed stands behind the question's id. */
export function choiceBlocks(id: string, { question, facts, choices }: PayloadOf<'choice'>): KnownBlock[] {
  const lines = [`❓ *${escaped(question)}*`, ...facts.map((fact) => `• ${escaped(fact)}`)];
  return [
    section(clip(lines.join('\n'), limits.sectionText)),
    actions(
      ...choiceIds.map((action, index) => {
        const choice = choices[index];
        return choice && choiceButton(id, action, choice);
      }),
    ),
  ];
}

function choiceButton(
  id: string,
  action: (typeof choiceIds)[number],
  { value, text, style }: PayloadOf<'choice'>['choices'][number],
) {
  return button(clip(text, buttonText), action, `${id}|${value}`, { ...(style && { style }), label: text });
}

/** What a person chose, in the words of the button. */
export function chosenText(asked: Asked, value: string): string {
  return payloadOf('choice', asked)?.choices.find((choice) => choice.value === value)?.text ?? value;
}
