module clinicblog

go 1.26
