/** Variables that the platform gives every workflow. */
export const GIVEN_VARIABLES: readonly string[] = ['st2', 'parent']
