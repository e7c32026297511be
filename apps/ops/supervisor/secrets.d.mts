export interface SecretFiles {
  readonly folder: string;
  readonly sealingKey: string;
  readonly eventPrivateKey: string;
  readonly eventPublicKey: string;
  readonly mailKey: string;
  readonly paymentWebhook: string;
  readonly postWebhook: string;
  readonly databaseUrl: string;
  readonly databasePassword: string;
}
export function writePrivate(file: string, content: string): void;
export function ensureSecrets(data: string): SecretFiles;
