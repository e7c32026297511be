import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends every run with the names of what failed and one plain line that tools can count: `tests: N passed, N failed, N skipped`.
 * With `FAILED_FILES` set, the files that hold failures are written there, a line each, for a second look at them.
 */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const failures: string[] = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        count[state] += 1;
        if (state === 'failed') failures.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
      if (module.state() === 'failed' && !failures.some((line) => line.startsWith(`${module.relativeModuleId} > `))) {
        // A file that dies while loading has no tests to count; one whose set-up dies has none that failed.
        count.failed += 1;
        failures.push(`${module.relativeModuleId} > (while loading or setting up)`);
      }
    }
    this.keepFailedFiles(modules, errors);
    for (const line of failures) process.stdout.write(`failed: ${line}\n`);
    process.stdout.write(`\ntests: ${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped\n`);
  }

  /** Nothing is written for an error outside any file: there is nothing to look at a second time. */
  private keepFailedFiles(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const path = process.env['FAILED_FILES'];
    if (!path || errors.length > 0) return;
    const failed = modules.filter((module) => module.state() === 'failed').map((module) => module.relativeModuleId);
    writeFileSync(path, failed.map((file) => `${file}\n`).join(''));
  }
}
