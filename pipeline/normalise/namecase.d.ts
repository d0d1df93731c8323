/** The package has no types of its own; this is the part of its documentation that we use. */
declare module 'namecase' {
  type NameCase = {
    (name: string, options?: { individualFields?: boolean }): string;
    /** Whether the name is all upper or all lower case. */
    checkName(name: string): boolean;
  };
  const nameCase: NameCase;
  export default nameCase;
}
