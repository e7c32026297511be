import type { Type } from '@nestjs/common';

/** Controllers of what happens to a case: cases, promises, disputes, calls, tasks, approvals, communications, hand-overs, journal, sandbox. */
export const CASE_CONTROLLERS: readonly Type[] = [];

/** Their services. */
export const CASE_SERVICES: readonly Type[] = [];
