/**
 * Whether CIM_REQUIRE_TIERS (`box,vm,nix`) names a tier: one that is required fails where it
 * otherwise skips.
 */
export function isRequired(tier: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const names = (env.CIM_REQUIRE_TIERS ?? '').split(',').map((name) => name.trim());
  return names.includes(tier);
}
