import { endHold, escalateDispute, expireApproval, expireCall, judgePromise, openCallTask, reviewCase } from '#casework';
import type { RecoveryActs } from '#contracts';
import type { ActivityPorts } from '../activity-ports.js';
import { createHandOver } from './hand-over.js';
import { createPrepareStage } from './prepare-stage.js';
import { createSendMail } from './send-mail.js';
import { createServeFormalNotice } from './serve-formal-notice.js';
import { withPerson } from './with-person.js';

/** Every act of the ladder under the name the workflow calls. Those that only write rows are casework's own transactions. */
export function createRecoveryActs(ports: ActivityPorts): RecoveryActs {
  const deps = ports.casework;
  return {
    openCallTask: (input) => openCallTask(deps, input),
    sendMail: withPerson(ports, createSendMail(ports)),
    serveFormalNotice: withPerson(ports, createServeFormalNotice(ports)),
    handOver: withPerson(ports, createHandOver(ports)),
    prepareStage: withPerson(ports, createPrepareStage(ports)),
    judgePromise: (input) => judgePromise(deps, input),
    endHold: (input) => endHold(deps, input),
    escalateDispute: (input) => escalateDispute(deps, input),
    expireCall: (input) => expireCall(deps, input),
    expireApproval: (input) => expireApproval(deps, input),
    reviewCase: (input) => reviewCase(deps, input),
  };
}
