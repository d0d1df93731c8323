import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { choiceIds } from './ids.ts';
import { actions, button, clip, escaped, limits, section } from './kit.ts';

/** A question with several answers, as `pipeline/workflows/choice.ts` asks it. */
const ChoicePayload = z.object({
  question: z.string(),
  facts: z.array(z.string()),
  choices: z.array(z.object({ value: z.string(), text: z.string(), style: z.enum(['primary', 'danger']).optional() })),
});

/** Slack shows some forty characters of a button. */
const buttonText = 45;

/** Each answer is a button; which one was pressed stands behind the question's id. */
export function choiceBlocks(id: string, payload: unknown): KnownBlock[] {
  const { question, facts, choices } = ChoicePayload.parse(payload);
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
  { value, text, style }: z.output<typeof ChoicePayload>['choices'][number],
) {
  return button(clip(text, buttonText), action, `${id}|${value}`, { ...(style && { style }), label: text });
}

/** What a person chose, in the words of the button. */
export function chosenText(payload: unknown, value: string): string {
  const parsed = ChoicePayload.safeParse(payload);
  return (parsed.success && parsed.data.choices.find((choice) => choice.value === value)?.text) || value;
}
