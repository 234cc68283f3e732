-- Every statement may be run again: replicas that start at the same time take turns (see migrate.ts).

-- Ids of transactions rise within one server. Restored into another from a dump, the same rows meet ids that begin again
-- lower: what is written from then on is another history, which comes after (see migrate.ts).
create table if not exists histories (
  history integer primary key,
  begun_at timestamptz not null default now()
);
insert into histories (history) values (0) on conflict do nothing;

create table if not exists events (
  -- Order in which numbers were handed out, which is not the order of commits.
  position bigint generated always as identity primary key,
  history integer not null references histories,
  -- Transaction that wrote the row: tells a reader which rows can still be joined by earlier ones.
  transaction_id xid8 not null default pg_current_xact_id(),
  stream text not null,
  version integer not null check (version > 0),
  event jsonb not null,
  recorded_at timestamptz not null default now(),
  -- The whole of optimistic concurrency: of two writers of one version, one fails.
  unique (stream, version)
);
create index if not exists events_feed on events (history, transaction_id, position);

create table if not exists outbox (
  id bigint generated always as identity primary key,
  stream text not null,
  version integer not null,
  event jsonb not null,
  trace_parent text,
  attempts integer not null default 0,
  -- In the future while a relay works on the message, and between tries.
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  parked_at timestamptz,
  last_error text
);
create index if not exists outbox_due on outbox (due_at) where parked_at is null;

-- Messages that a consumer has handled, written in the transaction of the effect.
create table if not exists inbox (
  consumer text not null,
  message_id text not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, message_id)
);
create index if not exists inbox_age on inbox (handled_at);

create table if not exists projection_checkpoints (
  projection text primary key,
  history integer not null default 0,
  transaction_id xid8 not null default '0',
  position bigint not null default 0
);

create table if not exists order_summaries (
  order_id text primary key,
  customer_id text not null,
  status text not null,
  total_cents bigint not null,
  reason text
);
create index if not exists order_summaries_customer on order_summaries (customer_id, order_id);

create table if not exists stock_levels (
  sku text primary key,
  received bigint not null default 0,
  reserved bigint not null default 0
);

-- Used by the single-writer form: who may write the streams of a shard until when.
create table if not exists shard_leases (
  shard integer primary key,
  owner text not null,
  address text not null,
  -- Rises with every change of owner; a writer with an older token is refused.
  token bigint not null,
  expires_at timestamptz not null
);
