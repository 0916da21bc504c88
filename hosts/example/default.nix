# A small box with UEFI and one disk. A copy of this folder, named by its service tag, is a new host.
{ lib, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  system.stateVersion = "26.05";

  boot.loader.systemd-boot = {
    enable = true;
    configurationLimit = lib.mkDefault 10;
  };
  boot.loader.efi.canTouchEfiVariables = true;
  boot.initrd.availableKernelModules = [
    "ahci"
    "nvme"
    "sd_mod"
    "usb_storage"
    "xhci_pci"
  ];

  fileSystems."/" = {
    device = "/dev/disk/by-label/leaf";
    fsType = "ext4";
  };
  fileSystems."/boot" = {
    device = "/dev/disk/by-label/LEAF-BOOT";
    fsType = "vfat";
    options = [ "umask=0077" ];
  };

  services.openssh = {
    enable = true;
    settings.PasswordAuthentication = false;
  };
}
