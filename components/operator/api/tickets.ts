"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page, Query } from "../../merchant/api/client.ts";
import { type FileDesk, fileDesk, type Ticket, type TicketMessage } from "../../merchant/api/tickets.ts";
import { useOperatorApi } from "./use-api.ts";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface QueuedTicket extends Ticket {
  readonly merchant: Named;
  readonly assigned_to: Named | null;
  readonly due_at: string | null;
  readonly first_answer_due_at: string;
  readonly first_answered_at: string | null;
  readonly resolution_due_at: string | null;
}

export interface OpenTicket extends QueuedTicket {
  readonly messages: readonly TicketMessage[];
  readonly notes: readonly {
    readonly id: string;
    readonly author: string;
    readonly body: string;
    readonly created_at: string;
  }[];
}

const freshMs = 20_000;

export function useTicketQueue(query: Query) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["tickets", "queue", query],
    queryFn: ({ signal }) => api.get<Page<QueuedTicket>>("/v1/operator/tickets", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export function useOpenTicket(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["tickets", "one", id],
    queryFn: ({ signal }) => api.get<OpenTicket>(`/v1/operator/tickets/${id}`, {}, signal),
    refetchInterval: freshMs,
  });
}

/** The operators whom a ticket or a case can be given to. */
export function useWorkers(): readonly Named[] {
  const api = useOperatorApi();
  const { data } = useQuery({
    queryKey: ["tickets", "workers"],
    queryFn: ({ signal }) => api.get<Page<Named>>("/v1/operator/tickets/workers", {}, signal),
  });
  return data?.data ?? [];
}

export interface TicketChange {
  readonly id: string;
  readonly assigned_to?: string | null;
  readonly priority?: Ticket["priority"];
}

export interface Answer {
  readonly id: string;
  readonly body: string;
  readonly attachments: readonly string[];
  readonly is_solution: boolean;
}

export function useTicketWork() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["tickets"] });
  const at = (id: string, rest = "") => `/v1/operator/tickets/${id}${rest}`;
  return {
    change: useMutation({
      mutationFn: ({ id, ...body }: TicketChange) => api.patch<OpenTicket>(at(id), body),
      onSettled,
    }),
    answer: useMutation({
      mutationFn: ({ id, ...body }: Answer) => api.post<OpenTicket>(at(id, "/messages"), body),
      onSettled,
    }),
    note: useMutation({
      mutationFn: ({ id, body }: { id: string; body: string }) => api.post<OpenTicket>(at(id, "/notes"), { body }),
      onSettled,
    }),
    turn: useMutation({
      mutationFn: ({ id, to }: { id: string; to: "solve" | "reopen" }) =>
        api.post<OpenTicket>(at(id, `/${to}`), undefined),
      onSettled,
    }),
  };
}

export function useAnswerFiles(ticket: string): FileDesk {
  return fileDesk(useOperatorApi(), "/v1/operator", { ticket });
}
