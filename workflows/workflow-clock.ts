/** The time of the current workflow task in milliseconds: the server's, and the same in every replay. */
export function workflowNowMs(): number {
  // oxlint-disable-next-line eslint/no-restricted-globals -- the sandbox replaces Date by the workflow's own time
  return Date.now();
}
