import { Fragment } from 'react';
import { isObject } from '../../blocks/rules.ts';
import { textOf } from '../../page-api/state.ts';
import type { Block, Json } from '../../types.ts';
import { Icon } from '../parts/icons.tsx';
import { failureKey } from '../store.ts';
import { Plain } from '../text/text.tsx';
import { useShown } from '../use-store.ts';
import { useActing } from './acting.ts';
import { ActionButton, OverflowMenu } from './button.tsx';
import { ChoiceList, DateInput, TextInput, TextObject } from './inputs.tsx';
import { Passive } from './passive.tsx';
import { Select } from './select.tsx';

/** A message's or view's blocks. What a person can act on is drawn here; blocks that only show go to `Passive`. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <Fragment key={block.block_id}>
          <One block={block} />
          <Failure block={block} />
        </Fragment>
      ))}
    </div>
  );
}

/** What became of the last click in a block, when the app did not answer it. */
function Failure({ block }: { readonly block: Block }) {
  const { target } = useActing();
  const { failures } = useShown();
  const words = failures[failureKey(target, block.block_id)];
  return (
    words !== undefined && (
      <p className="failure" role="alert">
        <Icon name="warning" size={16} /> {words}
      </p>
    )
  );
}

function One({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'header':
      return (
        <h3 className="block block-header">
          <Plain text={textOf(block['text'])} />
        </h3>
      );
    case 'divider':
      return <hr className="block block-divider" />;
    case 'context':
      return (
        <div className="block block-context">
          {listOf(block['elements']).map((element, index) =>
            element['type'] === 'image' ? (
              <Picture key={index} image={element} className="context-image" />
            ) : (
              <span key={index} className="context-text">
                <TextObject text={element} />
              </span>
            ),
          )}
        </div>
      );
    case 'actions':
      return (
        <div className="block block-actions">
          {listOf(block['elements']).map((element) => (
            <Element key={String(element['action_id'])} block={block} element={element} />
          ))}
        </div>
      );
    case 'input':
      return <Input block={block} />;
    case 'image':
      return (
        <figure className="block block-image">
          {isObject(block['title']) && (
            <figcaption>
              <Plain text={textOf(block['title'])} />
            </figcaption>
          )}
          <Picture image={block} className="image" />
        </figure>
      );
    default:
      return (
        <div className="block">
          <Passive block={block} />
        </div>
      );
  }
}

function Section({ block }: { readonly block: Block }) {
  const accessory = isObject(block['accessory']) ? block['accessory'] : null;
  const fields = listOf(block['fields']);
  return (
    <div className="block block-section">
      <div className="section-words">
        {isObject(block['text']) && <TextObject text={block['text']} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field, index) => (
              <div key={index} className="field-cell">
                <TextObject text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="accessory">
          <Element block={block} element={accessory} />
        </div>
      )}
    </div>
  );
}

function Input({ block }: { readonly block: Block }) {
  const { errors } = useActing();
  const element = isObject(block['element']) ? block['element'] : {};
  const error = errors[block.block_id];
  return (
    <div className={`block block-input ${error ? 'has-error' : ''}`}>
      <label htmlFor={`${block.block_id}/${String(element['action_id'])}`}>
        <Plain text={textOf(block['label'])} />
        {block['optional'] === true && <span className="optional"> (optional)</span>}
      </label>
      <Element block={block} element={element} />
      {error !== undefined && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
      {isObject(block['hint']) && (
        <div className="hint">
          <Plain text={textOf(block['hint'])} />
        </div>
      )}
    </div>
  );
}

export function Element({ block, element }: { readonly block: Block; readonly element: Json }) {
  const type = String(element['type']);
  if (type === 'button' || type === 'workflow_button') return <ActionButton block={block} element={element} />;
  if (type === 'overflow') return <OverflowMenu block={block} element={element} />;
  if (type === 'image') return <Picture image={element} className="accessory-image" />;
  if (type.endsWith('_select')) return <Select block={block} element={element} />;
  if (type === 'checkboxes' || type === 'radio_buttons') return <ChoiceList block={block} element={element} />;
  if (type === 'datepicker' || type === 'timepicker' || type === 'datetimepicker') {
    return <DateInput block={block} element={element} />;
  }
  if (type.endsWith('_input')) return <TextInput block={block} element={element} />;
  return <Passive block={{ ...block, type: 'actions', elements: [element] }} />;
}

function Picture({ image, className }: { readonly image: Json; readonly className: string }) {
  const file = isObject(image['slack_file']) ? image['slack_file'] : {};
  const source = image['image_url'] ?? file['url'];
  return <img className={className} src={typeof source === 'string' ? source : ''} alt={String(image['alt_text'])} />;
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
