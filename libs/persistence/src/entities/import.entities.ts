import { Check, Entity, ForeignKey, Index } from 'typeorm';
import type { Instant } from '#domain';
import type { ImportFileRow, ImportRowRow, SealedObjectRow, SealingKeyRow } from '#ports';
import { CreditorEntity } from './party.entities.js';
import { At, Bytes, Int, IntKey, Json, Key, OptionalAt, OptionalBytes, OptionalJson, OptionalText, Text } from './columns.js';

@ForeignKey(() => CreditorEntity, ['creditorId'], ['creditorId'], { name: 'import_file_creditor_fkey' })
@Check('import_file_progress_within_file', `"next_row" >= 0 and "rows" >= 0`)
@Index('import_file_sha256_idx', ['creditorId', 'sha256'])
@Index('import_file_created_idx', ['creditorId', 'createdAt', 'importId'])
@Entity('import_file')
export class ImportFileEntity implements ImportFileRow {
  @Key()
  creditorId: string;
  @Key()
  importId: string;
  @Text()
  fileName: string;
  @Text()
  format: string;
  @Text()
  sha256: string;
  @Text()
  objectId: string;
  @Text()
  state: ImportFileRow['state'];
  @Json()
  totals: Record<string, unknown>;
  @OptionalJson()
  problem: Record<string, unknown> | null;
  @Int()
  rows: number;
  @Int()
  nextRow: number;
  @Text()
  createdBy: string;
  @At()
  createdAt: Instant;
  @OptionalAt()
  committedAt: Instant | null;
}

@ForeignKey(() => ImportFileEntity, ['creditorId', 'importId'], ['creditorId', 'importId'], { name: 'import_row_import_file_fkey' })
@Index('import_row_state_idx', ['creditorId', 'importId', 'state', 'row'])
@Entity('import_row')
export class ImportRowEntity implements ImportRowRow {
  @Key()
  creditorId: string;
  @Key()
  importId: string;
  @IntKey()
  row: number;
  @Text()
  state: ImportRowRow['state'];
  @OptionalJson()
  record: Record<string, unknown> | null;
  @Json()
  findings: Record<string, unknown>[];
  @OptionalJson()
  result: Record<string, unknown> | null;
}

@Check('sealing_key_destroyed_or_kept', `("wrapped_key" is null) = ("destroyed_at" is not null)`)
@Index('sealing_key_subject_key', ['creditorId', 'subject', 'subjectId'], { unique: true })
@Entity('sealing_key')
export class SealingKeyEntity implements SealingKeyRow {
  @Key()
  creditorId: string;
  @Key()
  keyId: string;
  @Text()
  subject: SealingKeyRow['subject'];
  @Text()
  subjectId: string;
  @OptionalBytes()
  wrappedKey: Uint8Array | null;
  @At()
  createdAt: Instant;
  @OptionalAt()
  destroyedAt: Instant | null;
}

@ForeignKey(() => SealingKeyEntity, ['creditorId', 'keyId'], ['creditorId', 'keyId'], { name: 'sealed_object_sealing_key_fkey' })
@Index('sealed_object_key_idx', ['creditorId', 'keyId'])
@Entity('sealed_object')
export class SealedObjectEntity implements SealedObjectRow {
  @Key()
  creditorId: string;
  @Key()
  objectId: string;
  @Text()
  keyId: string;
  @Text()
  mediaType: string;
  @OptionalText()
  fileName: string | null;
  @Text()
  sha256: string;
  @Int()
  size: number;
  @Bytes()
  nonce: Uint8Array;
  @Bytes()
  ciphertext: Uint8Array;
  @At()
  createdAt: Instant;
}
