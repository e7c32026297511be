import { Column, PrimaryColumn } from 'typeorm';

// One decorator per kind of value, so that a column of the same meaning has the same type in every table.
// Values cross the border as the row interfaces say; the connection's parsers (column-codec.ts) do the conversion.

/** Part of the primary key, text. */
export const Key = (): PropertyDecorator => PrimaryColumn({ type: 'text' });
/** Part of the primary key, small whole number. */
export const IntKey = (): PropertyDecorator => PrimaryColumn({ type: 'integer' });
export const Text = (): PropertyDecorator => Column({ type: 'text' });
export const OptionalText = (): PropertyDecorator => Column({ type: 'text', nullable: true });
export const Int = (): PropertyDecorator => Column({ type: 'integer' });
export const OptionalInt = (): PropertyDecorator => Column({ type: 'integer', nullable: true });
/** An amount in integer minor units. */
export const Minor = (): PropertyDecorator => Column({ type: 'bigint' });
export const OptionalMinor = (): PropertyDecorator => Column({ type: 'bigint', nullable: true });
/** A civil day. */
export const OnDay = (): PropertyDecorator => Column({ type: 'date' });
export const OptionalDay = (): PropertyDecorator => Column({ type: 'date', nullable: true });
/** A moment, to the millisecond. */
export const At = (): PropertyDecorator => Column({ type: 'timestamptz', precision: 3 });
export const OptionalAt = (): PropertyDecorator => Column({ type: 'timestamptz', precision: 3, nullable: true });
export const Flag = (): PropertyDecorator => Column({ type: 'boolean' });
export const Json = (): PropertyDecorator => Column({ type: 'jsonb' });
export const OptionalJson = (): PropertyDecorator => Column({ type: 'jsonb', nullable: true });
export const Bytes = (): PropertyDecorator => Column({ type: 'bytea' });
export const OptionalBytes = (): PropertyDecorator => Column({ type: 'bytea', nullable: true });
