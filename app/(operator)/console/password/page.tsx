import { newPasswordMetadata as generateMetadata, NewPasswordPage } from "#components/site/new-password-page";

export { generateMetadata };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default function OperatorPasswordPage({ searchParams }: Props) {
  return <NewPasswordPage realm="operator" searchParams={searchParams} />;
}
