import { codeRoute } from "../code-route.ts";
import { codePng } from "../qr-code.ts";

/** The code as a picture that a phone can keep. */
export const GET = codeRoute("image/png", codePng);
