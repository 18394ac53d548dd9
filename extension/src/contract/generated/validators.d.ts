/** Types of the precompiled validators (the module beside this file is generated, this one is not). */
export interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
}

export interface Validator {
  (data: unknown): boolean;
  readonly errors?: readonly ValidatorError[] | null;
}

export const validateBucket: Validator;
export const validateUrlIndex: Validator;
export const validateUrlIndexDelta: Validator;
export const validateServerInfo: Validator;
export const validateAnalysisAnswer: Validator;
export const validateProblem: Validator;
export const validateDisputeAnswer: Validator;
export const validateDisputeStatus: Validator;
