import { codeRoute } from "../code-route.ts";
import { codeSvg } from "../qr-code.ts";

export const GET = codeRoute("image/svg+xml", codeSvg);
