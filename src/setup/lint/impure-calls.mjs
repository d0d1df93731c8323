import { ESLintUtils } from '@typescript-eslint/utils';

/*
 * A workflow starts again from the top after a crash, a retry or an answer. What reaches the outside is therefore inside
 * `step`, `once`, `until` or `ask`, whose answers are remembered; anywhere else it could answer differently the second
 * time, and the run would leave the way that its steps took.
 *
 * A call on `ports` is right in a function that is handed to one of the four, and in one that takes an `InStep`
 * (pipeline/workflow.ts). A function that takes an `InStep` is in turn called from such places only.
 */

/** @typedef {import('@typescript-eslint/utils').TSESTree.Node} Node */
/** @typedef {import('@typescript-eslint/utils').TSESTree.CallExpression} Call */
/** @typedef {import('@typescript-eslint/utils').TSESLint.SourceCode} Source */

const remembering = new Set(['step', 'once', 'until', 'ask']);

/** @param {Node} callee */
const nameOf = (callee) => {
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' ? name.name : '';
};

/** `ports.leads.counts`, `context.ports.leads.counts`. @param {Node} callee */
function isOfPorts(callee) {
  for (let node = callee; node.type === 'MemberExpression'; node = node.object) {
    if (nameOf(node.object) === 'ports') return true;
  }
  return false;
}

/** @param {Source} source @param {Node} node */
const takesInStep = (source, node) =>
  'params' in node && node.params.some((param) => /\bInStep\b/.test(source.getText(param)));

/** @param {Source} source @param {Node} node */
function isRemembered(source, node) {
  const above = source.getAncestors(node);
  return above.some((one, index) => {
    if (!('params' in one)) return false;
    const call = above[index - 1];
    const handedOver = call?.type === 'CallExpression' && call.arguments.some((argument) => argument === one);
    return (handedOver && remembering.has(nameOf(call.callee))) || takesInStep(source, one);
  });
}

/**
 * A call of a function that takes an `InStep`: one of this file, or where there are types one of another.
 * @param {Source} source
 * @param {Call} call
 */
function callsInStep(source, { callee }) {
  if (callee.type !== 'Identifier') return false;
  const { program, esTreeNodeToTSNodeMap: typed } = source.parserServices ?? {};
  if (program && typed) {
    const signatures = program.getTypeChecker().getTypeAtLocation(typed.get(callee)).getCallSignatures();
    const parameters = signatures.flatMap((signature) => signature.getParameters());
    return parameters.some(({ valueDeclaration }) => /\bInStep\b/.test(valueDeclaration?.getText() ?? ''));
  }
  /** @type {import('@typescript-eslint/utils').TSESLint.Scope.Scope | null} */
  let scope = source.getScope?.(callee) ?? null;
  for (; scope; scope = scope.upper) {
    const found = scope.set.get(callee.name)?.defs[0]?.node;
    if (found) return takesInStep(source, found);
  }
  return false;
}

export const impureCalls = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      outside:
        'This reaches the outside beyond step, once, until and ask: after a crash it would be done again and may answer differently. Put it into a step, or into a function that takes an InStep.',
    },
  },
  defaultOptions: [],
  create(context) {
    const source = context.sourceCode;
    return {
      CallExpression(node) {
        if ((isOfPorts(node.callee) || callsInStep(source, node)) && !isRemembered(source, node)) {
          context.report({ node, messageId: 'outside' });
        }
      },
    };
  },
});
