// The names of things: UUIDs; and times in milliseconds since 1970. Written by `cargo test wire` from Rust; do not edit.

export type MeetingId = string

export type ActivityId = string

export type SeatId = string

export type AliasId = string

export type DeviceId = string

export type QuestionId = string

export type LinkId = string

export type ConcernId = string

export type GroupId = string

export type CardId = string

export type LetterId = string

export type TeamId = string

export type MotionId = string

export type Timestamp = number
