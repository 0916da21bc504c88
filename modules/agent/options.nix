{ lib, ... }:
let
  inherit (lib) types;
in
{
  options.cim.agent = {
    enable = lib.mkEnableOption "the agent, which owns this machine's ports and records what happens to them";

    package = lib.mkOption {
      type = types.package;
      description = "The program: its `bin/cim-tui` is the agent, and what people start.";
    };

    home = lib.mkOption {
      type = types.str;
      default = "/var/lib/cim";
      description = "Folder of the event store, its keys and its logs. One other than the default is linked to from there, as the program looks nowhere else.";
    };

    leafId = lib.mkOption {
      type = types.nullOr (types.strMatching "[a-z0-9-]{1,32}");
      default = null;
      description = "Name of the leaf in every subject and event, fixed at the first start. Null: made from the machine's service tag.";
    };

    operators = lib.mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Users, besides root and `cim`, who may use the console and act under their own name.";
    };

    natsUrl = lib.mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "A NATS server that somebody else runs. Null: the agent runs one of its own, on loopback.";
    };

    credsFile = lib.mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The agent's credentials for that server: a path outside the Nix store, which everybody can read.";
    };
  };
}
