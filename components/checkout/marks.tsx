import styles from "./payment.module.css";
import states from "./states.module.css";

/** A small sign beside the method's name: our own drawing, which only tells the rows apart. */
export function MethodMark({ method }: { method: string }) {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      {shapes[method] ?? shapes.card}
    </svg>
  );
}

const shapes: Record<string, React.ReactNode> = {
  wechat_pay: (
    <>
      <rect width="32" height="32" rx="7" fill="#1AAD19" />
      <path
        d="M7 14.2C7 10.8 10.1 8 14 8s7 2.8 7 6.2-3.1 6.2-7 6.2c-.9 0-1.7-.1-2.5-.4L8.6 21.6l.7-2.7C7.9 17.7 7 16 7 14.2Z"
        fill="#fff"
      />
      <path
        d="M25.5 20.3c0-2.7-2.5-4.9-5.5-4.9s-5.5 2.2-5.5 4.9 2.5 4.9 5.5 4.9c.7 0 1.4-.1 2-.3l2.3 1.2-.6-2c1.1-.9 1.8-2.3 1.8-3.8Z"
        fill="#fff"
        stroke="#1AAD19"
      />
    </>
  ),
  alipay: (
    <>
      <rect width="32" height="32" rx="7" fill="#1677FF" />
      <path
        d="M9 10.5h14M16 7.5v6.5M10.5 14.2h10.3c-.8 3-2.5 5.4-4.9 7.2-1.6 1.2-3.4 2-5 2-1.7 0-2.9-.9-2.9-2.3 0-1.5 1.3-2.5 3.2-2.5 3.6 0 7.6 2.2 13.3 5.2"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  card: (
    <>
      <rect width="32" height="32" rx="7" fill="#475467" />
      <rect x="6.5" y="9.5" width="19" height="13" rx="2" fill="none" stroke="#fff" strokeWidth="2" />
      <path d="M7 14h18M10 18.5h5" stroke="#fff" strokeWidth="2" />
    </>
  ),
};

const signs = {
  success: "M7 12.5l3.5 3.5L17 9",
  waiting: "M12 7v5l3 2",
  attention: "M12 7v6M12 16.5v.01",
  failure: "M8.5 8.5l7 7M15.5 8.5l-7 7",
} as const;

export type Meaning = keyof typeof signs;

/** The sign of one of the four meanings; the words beside it say the same. */
export function Sign({ meaning }: { meaning: Meaning }) {
  return (
    <svg className={`${states.sign} ${states[meaning]}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="2" />
      <path
        d={signs[meaning]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
