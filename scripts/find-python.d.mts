/** The command of a Python that has scikit-learn, or undefined if there is none. */
export function findPython(): string | undefined;
