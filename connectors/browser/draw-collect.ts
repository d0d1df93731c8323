/**
 * Reads a document for a drawing of it (./draw.ts): each shown element as `[tag, attributes, styles, ...children]`,
 * shadow roots as what is in them. It changes nothing, because the next try goes on with the same page. Styles are
 * those the stylesheets ask for, never the sizes that came of them: those follow the text.
 */
export const collectExpression = `(() => {
  const styles = ['display','position','top','left','right','bottom','width','height','min-width','min-height','max-width',
    'flex-direction','flex-wrap','flex-grow','flex-shrink','flex-basis','justify-content','align-items','gap','grid-template-columns',
    'margin-top','margin-right','margin-bottom','margin-left','padding-top','padding-right','padding-bottom','padding-left',
    'border-top-width','border-bottom-width','border-left-width','border-right-width','border-top-style','border-bottom-style',
    'border-left-style','border-right-style','border-top-color','border-bottom-color','border-left-color','border-right-color','border-radius','line-height','list-style-type','background-color','color','font-size','font-weight','text-align',
    'box-sizing','float','z-index','opacity'];
  const kept = ['role','type','aria-label','placeholder','colspan','rowspan','disabled','scope','contenteditable'];
  let left = 8000;
  const read = (node) => {
    if (node.nodeType === 3) return node.data.trim() === '' ? null : node.data.slice(0, 300);
    if (node.nodeType !== 1 || (left -= 1) < 0) return null;
    const tag = node.localName;
    if (['script', 'style', 'noscript', 'template', 'head', 'link', 'meta'].includes(tag)) return null;
    const map = node.computedStyleMap();
    const style = {};
    for (const name of styles) { const value = map.get(name); if (value) style[name] = String(value); }
    if (style.display === 'none' || String(map.get('visibility')) === 'hidden') return null;
    const given = {};
    for (const name of kept) if (node.hasAttribute(name)) given[name] = node.getAttribute(name);
    if (tag === 'input' && ['submit', 'button', 'reset'].includes(node.type)) given.caption = node.value;
    const inside = node.shadowRoot ? node.shadowRoot.childNodes
      : tag === 'slot' && node.assignedNodes({ flatten: true }).length > 0 ? node.assignedNodes({ flatten: true }) : node.childNodes;
    return [tag, given, style, ...[...inside].map(read).filter((one) => one !== null)];
  };
  return document.body ? read(document.body) : null;
})()`;
