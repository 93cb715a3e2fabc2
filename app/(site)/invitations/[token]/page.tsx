import type { Metadata } from "next";
import { headers } from "next/headers";
import { AcceptForm } from "#components/site/accept-form";
import { SignOutButton } from "#components/site/sign-out-button";
import { SiteFrame } from "#components/site/site-frame";
import { isBuiltInRole } from "#lib/access/permissions";
import { readSession } from "#lib/access/session";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { type OpenInvitation, openInvitation } from "#lib/team/accept-invitation";
import { pageLocale } from "../../../../i18n/locale.ts";
import { messagesFor } from "../../../../i18n/messages.ts";
import { translator } from "../../../../i18n/translator.ts";

// The address is a key: it must not travel on as a referrer.
export const metadata: Metadata = { referrer: "no-referrer", robots: { index: false, follow: false } };

interface Props {
  readonly params: Promise<{ token: string }>;
}

async function find(token: string, locale: Locale): Promise<OpenInvitation | undefined> {
  try {
    return await openInvitation({ ip: "", locale, requestId: `req_${randomToken(20)}` }, token);
  } catch (error) {
    if (error instanceof AppError && error.code === "link_invalid") return undefined;
    throw error;
  }
}

export default async function InvitationPage({ params }: Props) {
  const locale = await pageLocale();
  const { token } = await params;
  const t = translator(locale, "signIn");
  const invitation = await find(token, locale);
  if (!invitation) {
    return (
      <SiteFrame locale={locale}>
        <section className="sign-in">
          <h1>{t("invitation.invalidTitle")}</h1>
          <p>{t("invitation.invalidText")}</p>
        </section>
      </SiteFrame>
    );
  }
  const { merchant, email, role, hasAccount } = invitation;
  const session = await readSession((await headers()).get("cookie"));
  const roles = messagesFor(locale).dashboard.shell.roles;
  const here = `/invitations/${token}`;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{t("invitation.title", { merchant })}</h1>
        <p>{t("invitation.intro", { email, role: isBuiltInRole(role) ? roles[role] : t("invitation.ownRole") })}</p>
        {session && session.email.toLowerCase() !== email.toLowerCase() ? (
          <>
            <p>{t("invitation.otherPerson", { email: session.email })}</p>
            <SignOutButton to={here} text={messagesFor(locale).site.signOut} />
          </>
        ) : (
          <AcceptForm
            token={token}
            email={email}
            texts={messagesFor(locale).signIn}
            needs={session ? "nothing" : hasAccount ? "sign_in" : "account"}
          />
        )}
      </section>
    </SiteFrame>
  );
}
