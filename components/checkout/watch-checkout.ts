import type { CheckoutView } from "#lib/checkout/checkout-view";

export interface Watch {
  /** Asks now; what comes is heard like everything else. */
  refresh(): void;
  stop(): void;
}

const pollMs = 3_000;
/** How long polling goes on before a refused stream is tried again. */
const reconnectMs = 30_000;

/**
 * Hears of the order as it changes: over a stream of server-sent events, and by asking every three seconds while there
 * is none (a proxy that holds streams back, a lost connection).
 *
 * @param isReachable is told false when neither works, and true when one does again
 */
export function watchCheckout(
  order: string,
  fetchView: () => Promise<CheckoutView>,
  heard: (view: CheckoutView) => void,
  isReachable: (reachable: boolean) => void,
): Watch {
  let source: EventSource | undefined;
  let polling: ReturnType<typeof setTimeout> | undefined;
  let reconnecting: ReturnType<typeof setTimeout> | undefined;
  let isStreaming = false;
  let isStopped = false;

  async function askOnce(): Promise<void> {
    try {
      const view = await fetchView();
      if (isStopped) return;
      isReachable(true);
      heard(view);
    } catch {
      if (!isStopped) isReachable(false);
    }
  }

  function poll(): void {
    polling ??= setTimeout(async () => {
      await askOnce();
      polling = undefined;
      if (!isStopped && !isStreaming) poll();
    }, pollMs);
  }

  function stopPolling(): void {
    clearTimeout(polling);
    polling = undefined;
  }

  /** A stream works when something comes out of it: some proxies open one and then hold it back. */
  function onNews(): void {
    isStreaming = true;
    stopPolling();
    isReachable(true);
  }

  function connect(): void {
    reconnecting = undefined;
    source = new EventSource(`/v1/checkout/${order}/events`);
    source.addEventListener("checkout", (event) => {
      onNews();
      heard(JSON.parse(event.data) as CheckoutView);
    });
    source.addEventListener("heartbeat", onNews);
    source.addEventListener("error", () => {
      isStreaming = false;
      poll();
      // The browser itself comes back after a broken connection, but not after a refusal.
      if (source?.readyState === EventSource.CLOSED) reconnecting ??= setTimeout(connect, reconnectMs);
    });
    poll();
  }

  /** A phone stops everything in the background; the shopper comes back from his wallet and wants to know. */
  const onReturn = () => {
    if (document.visibilityState === "visible") void askOnce();
  };

  connect();
  document.addEventListener("visibilitychange", onReturn);
  window.addEventListener("pageshow", onReturn);
  return {
    refresh: () => void askOnce(),
    stop() {
      isStopped = true;
      stopPolling();
      clearTimeout(reconnecting);
      source?.close();
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("pageshow", onReturn);
    },
  };
}
