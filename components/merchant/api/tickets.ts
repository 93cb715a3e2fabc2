"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ticketMessageSchema, ticketSchema, ticketThreadSchema } from "#lib/tickets/schemas";
import type { ApiClient, Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Ticket = z.output<typeof ticketSchema>;
export type TicketThread = z.output<typeof ticketThreadSchema>;
export type TicketMessage = z.output<typeof ticketMessageSchema>;

export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export interface NewTicket {
  readonly subject: string;
  readonly category: Ticket["category"];
  readonly priority: Ticket["priority"];
  readonly body: string;
  readonly order?: string;
  readonly attachments: readonly string[];
}

const freshMs = 20_000;

export function useTickets(query: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "tickets", "list", query],
    queryFn: ({ signal }) => api.get<Page<Ticket>>("/v1/tickets", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export function useTicket(id: string) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "tickets", "one", id],
    queryFn: ({ signal }) => api.get<TicketThread>(`/v1/tickets/${id}`, {}, signal),
    refetchInterval: freshMs,
  });
}

export function useTicketActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: [...scope, "tickets"] });
  return {
    ask: useMutation({
      mutationFn: ({ ticket, key }: { ticket: NewTicket; key: string }) =>
        api.post<TicketThread>("/v1/tickets", ticket, key),
      onSuccess,
    }),
    say: useMutation({
      mutationFn: ({ id, ...message }: { id: string; body: string; attachments: readonly string[] }) =>
        api.post<TicketThread>(`/v1/tickets/${id}/messages`, message),
      onSuccess,
    }),
    turn: useMutation({
      mutationFn: ({ id, to }: { id: string; to: "close" | "reopen" }) =>
        api.post<TicketThread>(`/v1/tickets/${id}/${to}`, undefined),
      onSuccess,
    }),
  };
}

/** Sends files for a message, and fetches those of one. */
export interface FileDesk {
  send(file: File): Promise<SentFile>;
  fetch(ticket: string, file: string): Promise<Blob>;
}

export function useTicketFiles(): FileDesk {
  return fileDesk(useApi().api, "/v1", {});
}

export function fileDesk(api: ApiClient, root: string, query: Readonly<Record<string, string>>): FileDesk {
  return {
    send: (file) => api.upload<SentFile>(`${root}/ticket_files`, { ...query, name: file.name }, file),
    fetch: async (ticket, file) => (await api.file(`${root}/tickets/${ticket}/files/${file}`)).content,
  };
}
