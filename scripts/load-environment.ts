// Imported first and for its effect: modules that read a setting while they load (the log's level) must find it.
import { loadEnvironment } from "./environment.ts";

loadEnvironment();
