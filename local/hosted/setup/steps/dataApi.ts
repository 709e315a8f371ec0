import { supabaseOf, type World } from "../../world.ts";
import { defineStep, SUPABASE } from "../step.ts";

const SCHEMA = "public";

export async function readDataApi(world: World) {
  const { db_schema } = await supabaseOf(world).dataApi();
  return {
    schemas: db_schema
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  };
}

export const dataApiStep = defineStep({
  id: "supabase.dataApi",
  title: "Data API",
  needs: SUPABASE,
  read: readDataApi,
  decide({ schemas }) {
    if (schemas.includes(SCHEMA)) return { action: "exists", detail: "exposes the schema public" };
    const others = schemas.length > 0 ? `beside ${schemas.join(", ")}` : "since it exposes nothing";
    return { action: "change", detail: `expose the schema public, ${others}` };
  },
  apply: ({ schemas }, world) =>
    supabaseOf(world).changeDataApi({ db_schema: [...schemas, SCHEMA].join(",") }),
});
