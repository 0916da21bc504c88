{ config, lib, ... }:
let
  cfg = config.cim.agent;
  unit = lib.importJSON ./unit.json;
  standardHome = "/var/lib/cim";
  isElsewhere = cfg.home != standardHome;

  # systemd refuses a state folder that is a link on some versions; tmpfiles makes that one.
  service =
    if isElsewhere then
      removeAttrs unit.Service [
        "StateDirectory"
        "StateDirectoryMode"
      ]
    else
      unit.Service;
in
{
  imports = [
    ./assertions.nix
    ./options.nix
  ];

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];

    users.groups.cim.members = cfg.operators;
    users.users.cim = {
      isNormalUser = true;
      group = "cim";
      description = lib.mkDefault "Administrator of the leaf";
    };

    systemd.services.cim-agent = {
      description = unit.Unit.Description;
      wantedBy = [ unit.Install.WantedBy ];
      after = [ unit.Unit.After ] ++ lib.optional (cfg.natsUrl != null) "nats.service";
      unitConfig = {
        RequiresMountsFor = cfg.home;
        StartLimitIntervalSec = lib.mkDefault unit.Unit.StartLimitIntervalSec;
      };
      serviceConfig = lib.mapAttrs (_: lib.mkDefault) service // {
        ExecStart = lib.replaceStrings [ "@package@" ] [ "${cfg.package}" ] unit.Service.ExecStart;
      };
      environment = {
        CIM_LEAF_ID = lib.mkIf (cfg.leafId != null) cfg.leafId;
        CIM_NATS_URL = lib.mkIf (cfg.natsUrl != null) cfg.natsUrl;
        CIM_CREDS = lib.mkIf (cfg.credsFile != null) cfg.credsFile;
      };
    };

    systemd.tmpfiles.rules = lib.mkIf isElsewhere [
      "d ${cfg.home} 0700 root root"
      "L ${standardHome} - - - - ${cfg.home}"
    ];
  };
}
