export { createHttpPost, type PostSettings } from './http-post.js';
export { type PostReportReading, readPostReport } from './post-report.js';
export { UnpostableLetter } from './unpostable-letter.js';
