export type LetterErrorCode =
  | 'nothingDue'
  | 'contentIncomplete'
  | 'contentInconsistent'
  | 'characterNotPrintable'
  | 'mentionMissing'
  | 'wordingForbidden'
  | 'actNotForRegime'
  | 'qrNotPossible'
  | 'templateMissing'
  | 'rendererFailed';

/** A letter that cannot be made from this content. `facts` name the field and what a person can change; no letter text inside. */
export class LetterError extends Error {
  override readonly name = 'LetterError';

  constructor(
    readonly code: LetterErrorCode,
    message: string,
    readonly facts: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
