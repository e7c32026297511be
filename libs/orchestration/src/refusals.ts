import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { NamespaceNotFoundError, PayloadConverterError, ValueError } from '@temporalio/common';
import type { DirectoryRefused, DirectoryUnavailable } from '#ports';

/** gRPC codes that blame this very call: INVALID_ARGUMENT and OUT_OF_RANGE. A missing permission is the deployment's fault and passes once it is mended. */
const FINAL_CODES: readonly number[] = [3, 11];

/**
 * What a failed call means. A missing namespace counts as unavailable, because it says nothing about the workflow; whatever is not recognised does
 * too, because trying again is harmless and giving up is not.
 */
export function outage(error: unknown): DirectoryUnavailable | DirectoryRefused {
  const cause = grpcCause(error);
  const reason = cause === undefined ? String(error) : `${cause.code} ${cause.details}`;
  const isOurs = error instanceof ValueError || error instanceof PayloadConverterError;
  return { result: isOurs || (cause !== undefined && FINAL_CODES.includes(cause.code)) ? 'refused' : 'unavailable', reason };
}

/** True when the server knows no running workflow of that id; false when it is the namespace that is missing. */
export function isWorkflowUnknown(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError && !(error instanceof NamespaceNotFoundError);
}

function grpcCause(error: unknown): { code: number; details: string } | undefined {
  if (isGrpcServiceError(error)) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause : undefined;
}
