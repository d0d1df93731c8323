import highsModule, { type Highs } from 'highs';

// The package's types describe its CommonJS build; an ES module is given the loader itself as the default.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** Yes-or-no variables: minimise Σ cost·x so that every row's Σ coefficient·x lies within its bounds. */
export type YesNoProblem = {
  /** Whole numbers, so that a solution is best once none is better by a half. */
  readonly cost: readonly number[];
  readonly rows: readonly Row[];
  /** Variables whose answer is given. */
  readonly fixed?: ReadonlyMap<number, boolean>;
};

/** `null` is no bound. */
export type Row = {
  readonly of: readonly (readonly [variable: number, coefficient: number])[];
  readonly least: number | null;
  readonly most: number | null;
};

export type Solver = {
  /** @returns the best answer; `'infeasible'`; or `'gave up'` at the limit of effort */
  readonly solve: (problem: YesNoProblem) => readonly boolean[] | 'infeasible' | 'gave up';
  /** The same with fractions allowed: a bound below every answer's cost, and what forcing a variable over would add. */
  readonly relax: (
    problem: YesNoProblem,
  ) => { readonly bound: number; readonly reducedCosts: readonly number[] } | null;
};

/**
 * Nodes of the search tree before a problem is given up. Counted, not timed: the same everywhere. Problems of a gap
 * take one to a few hundred.
 */
const maxNodes = 500;

/**
 * HiGHS (MIT), a MILP solver compiled to WebAssembly. Loaded once it is needed, in some 40 ms. A solve blocks its thread, for
 * seconds at the worst: see `planGapApart`.
 */
export async function loadSolver(): Promise<Solver> {
  const highs = await loadHighs();
  return { solve: (problem) => solve(highs, problem), relax: (problem) => relax(highs, problem) };
}

function modelOf(highs: Highs, { cost, rows, fixed }: YesNoProblem, integer: boolean) {
  const starts = [0];
  for (const { of } of rows) starts.push((starts.at(-1) ?? 0) + of.length);
  return {
    numCols: cost.length,
    numRows: rows.length,
    colCost: cost,
    colLower: cost.map((_, variable) => (fixed?.get(variable) === true ? 1 : 0)),
    colUpper: cost.map((_, variable) => (fixed?.get(variable) === false ? 0 : 1)),
    rowLower: rows.map(({ least }) => least ?? -highs.infinity),
    rowUpper: rows.map(({ most }) => most ?? highs.infinity),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: cost.length,
      starts,
      indices: rows.flatMap(({ of }) => of.map(([variable]) => variable)),
      values: rows.flatMap(({ of }) => of.map(([, coefficient]) => coefficient)),
    },
    ...(integer ? { integrality: new Int32Array(cost.length).fill(highs.constants.variableType.integer) } : {}),
  };
}

function solve(highs: Highs, problem: YesNoProblem): readonly boolean[] | 'infeasible' | 'gave up' {
  return highs.withModel(modelOf(highs, problem, true), (model) => {
    model.options.set({
      output_flag: false,
      random_seed: 0,
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      mip_feasibility_tolerance: 1e-9,
      primal_feasibility_tolerance: 1e-9,
      mip_max_nodes: maxNodes,
    });
    const { modelStatus } = model.run();
    if (modelStatus === highs.constants.modelStatus.infeasible) return 'infeasible';
    if (modelStatus !== highs.constants.modelStatus.optimal) return 'gave up';
    const answer = [...model.getSolution().colValue].map((value) => value > 0.5);
    // Rounding must not have made a row untrue: HiGHS works with tolerances, our numbers are whole.
    return keeps(problem, answer) ? answer : 'gave up';
  });
}

function keeps({ rows }: YesNoProblem, answer: readonly boolean[]): boolean {
  return rows.every(({ of, least, most }) => {
    const activity = of.reduce((sum, [variable, coefficient]) => sum + (answer[variable] ? coefficient : 0), 0);
    return (least === null || activity >= least) && (most === null || activity <= most);
  });
}

function relax(highs: Highs, problem: YesNoProblem): { bound: number; reducedCosts: readonly number[] } | null {
  return highs.withModel(modelOf(highs, problem, false), (model) => {
    model.options.set({ output_flag: false, random_seed: 0 });
    const { modelStatus } = model.run();
    if (modelStatus !== highs.constants.modelStatus.optimal) return null;
    return { bound: model.getObjectiveValue(), reducedCosts: [...model.getSolution().colDual] };
  });
}
