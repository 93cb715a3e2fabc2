import { headers } from "next/headers";
import { MessagePage } from "#components/checkout/message-page";
import { textsIn } from "../../language.ts";

export default async function NoSuchPayment() {
  const { texts } = textsIn(await headers());
  return <MessagePage title={texts.notFound.title} text={texts.notFound.text} />;
}
