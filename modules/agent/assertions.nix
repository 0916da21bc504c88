{ config, lib, ... }:
let
  cfg = config.cim.agent;
  host = config.networking.hostName;
  isUnder = path: folder: path == folder || lib.hasPrefix "${folder}/" path;
  isLasting = lib.hasPrefix "/" cfg.home && !lib.any (isUnder cfg.home) [ "/run" "/tmp" ];
  isPublic = cfg.credsFile != null && isUnder cfg.credsFile builtins.storeDir;
  strangers = lib.filter (name: !(config.users.users ? ${name})) cfg.operators;
in
{
  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = isLasting;
        message = "host ${host}: cim.agent.home is ${cfg.home}, where nothing outlives a restart: set it to an absolute path on a disk";
      }
      {
        assertion = (cfg.natsUrl == null) == (cfg.credsFile == null);
        message = "host ${host}: of cim.agent.natsUrl and cim.agent.credsFile one is set: set both for a server that somebody else runs, or neither for one of the agent's own";
      }
      {
        assertion = !isPublic;
        message = "host ${host}: cim.agent.credsFile is in the Nix store, where everybody can read it: set it to a path outside, such as /run/secrets/cim.creds";
      }
      {
        assertion = strangers == [ ];
        message = "host ${host}: cim.agent.operators names ${lib.concatStringsSep ", " strangers}, which is no user of this host: declare it in users.users, or take it out";
      }
    ];
  };
}
