package main

import (
	"fmt"

	"clinicblog/site"

	"github.com/spf13/cobra"
)

func versionCommand() *cobra.Command {
	var flag string
	var sbom bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the versions of clinicblog and of the Hugo that it would run",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if sbom {
				text, err := site.SBOM()
				if err != nil {
					return err
				}
				_, err = cmd.OutOrStdout().Write(text)
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "clinicblog %s\nsupported Hugo %s\n", site.Version, site.SupportedHugo())
			found, err := site.HugoVersion(cmd.Context(), flag)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Hugo %s\n", found)
			return nil
		},
	}
	cmd.Flags().BoolVar(&sbom, "sbom", false, "print the modules that this program was compiled from, as CycloneDX")
	cmd.Flags().StringVar(&flag, "hugo", "", "the Hugo `program` to ask")
	return cmd
}
